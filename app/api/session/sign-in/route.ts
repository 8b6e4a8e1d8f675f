import { signInDoor } from "../../../../lib/server/session-doors.ts";

export const POST = signInDoor;
