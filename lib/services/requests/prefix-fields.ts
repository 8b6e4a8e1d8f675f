import { PortalError } from "../../domain/portal-error.ts";

/** Runs one question to a request kind. Kinds name fields relative to their own input; the body of a request holds it under `input`. */
export async function prefixFields<T>(ask: () => Promise<T> | T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PortalError) || error.fields.length === 0) throw error;
    const fields = error.fields.map((field) => ({ ...field, path: field.path === "" ? "input" : `input.${field.path}` }));
    throw new PortalError(error.code, error.key, error.values, {
      fields,
      cause: error,
      ...(error.raw === undefined ? {} : { raw: error.raw }),
    });
  }
}
