import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { ActionResult } from "../domain/action-result.ts";
import type { Localized } from "../domain/message.ts";
import type { Command } from "../services/command.ts";
import type { Query } from "../services/query.ts";
import { getActor } from "./actor.ts";
import { portal } from "./composition.ts";
import { localize } from "./localize.ts";
import { requestLocale } from "./request-locale.ts";
import { showError } from "./show-error.ts";
import { translatorOf } from "./translate.ts";

const TIMEOUT_MS = 60_000;

/** The door of a server action: never throws to the browser. One of the three places that catch. */
export async function runAction<Input extends z.ZodType, Output extends z.ZodType>(
  verb: Command<Input, Output> | Query<Input, Output>,
  raw: unknown,
): Promise<ActionResult<Localized<z.output<Output>>>> {
  const translate = translatorOf(await requestLocale());
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const actor = await getActor(await headers());
    const output = await verb.execute(raw, portal().contextFor(actor, signal));
    return { ok: true, data: localize(output, translate) };
  } catch (error) {
    unstable_rethrow(error);
    const { log, randomId } = portal();
    return { ok: false, error: showError(error, { translate, log, ref: randomId(), where: `action ${verb.name}`, signal }) };
  }
}
