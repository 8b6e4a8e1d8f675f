import type { Localized } from "../../../lib/domain/message.ts";
import type { DirectoryEntry, DirectoryRow } from "../../../lib/domain/topology/directory-view.ts";

/** The views as a door hands them to the browser: every Message is already a sentence. */
export type ShownService = Localized<DirectoryRow>;
export type ShownEntry = Localized<DirectoryEntry>;
