import { rightHostDoor } from "../../../lib/server/right-host-door.ts";

export const GET = rightHostDoor;
export const POST = rightHostDoor;
