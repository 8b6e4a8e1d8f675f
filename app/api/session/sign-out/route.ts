import { signOutDoor } from "../../../../lib/server/session-doors.ts";

export const POST = signOutDoor;
