import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { z } from "zod";
import type { Localized } from "../domain/message.ts";
import { PortalError } from "../domain/portal-error.ts";
import type { Person, WallActor } from "../domain/tenancy/actor.ts";
import { paths } from "../paths.ts";
import type { Query } from "../services/query.ts";
import { getActor } from "./actor.ts";
import { portal } from "./composition.ts";
import { localize } from "./localize.ts";
import { requestLocale } from "./request-locale.ts";
import { translatorOf } from "./translate.ts";

const TIMEOUT_MS = 15_000;

// One page asks several queries: they share one reading of the person's rights.
const actorOfPage = cache(async () => getActor(await headers()));

/** The same for a reader that the page has found itself: the wall of the map has screens among its readers. Throws what the query throws. */
export async function readForReader<Input extends z.ZodType, Output extends z.ZodType>(
  reader: Person | WallActor,
  query: Query<Input, Output>,
  input: z.input<Input>,
): Promise<Localized<z.output<Output>>> {
  const ctx = portal().contextFor(reader, AbortSignal.timeout(TIMEOUT_MS));
  return localize(await query.execute(input, ctx), translatorOf(await requestLocale()));
}

/**
 * The same for a part of a page that says by itself what is wrong: null when there is no such thing, it is not the reader's, or the input
 * means nothing. The browser then asks the REST door, which has the words.
 */
export async function findForPage<Input extends z.ZodType, Output extends z.ZodType>(
  query: Query<Input, Output>,
  input: z.input<Input>,
): Promise<Localized<z.output<Output>> | null> {
  try {
    return await readForReader(await actorOfPage(), query, input);
  } catch (error) {
    if (error instanceof PortalError && (error.code === "NOT_FOUND" || error.code === "INVALID")) return null;
    return refuse(error);
  }
}

/** What a page shows: the query's view with its sentences in the reader's language. Leaves by redirect to sign-in, or by not-found. */
export async function readForPage<Input extends z.ZodType, Output extends z.ZodType>(
  query: Query<Input, Output>,
  input: z.input<Input>,
): Promise<Localized<z.output<Output>>> {
  try {
    return await readForReader(await actorOfPage(), query, input);
  } catch (error) {
    if (error instanceof PortalError && (error.code === "NOT_FOUND" || error.code === "INVALID")) notFound();
    return refuse(error);
  }
}

async function refuse(error: unknown): Promise<never> {
  if (error instanceof PortalError && error.code === "UNAUTHENTICATED")
    redirect(paths.signIn({ next: (await headers()).get("x-pathname") ?? "/" }));
  throw error;
}
