import { wallDoor } from "../../../lib/server/wall-door.ts";

export const POST = wallDoor;
