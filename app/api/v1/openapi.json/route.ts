import { portal } from "../../../../lib/server/composition.ts";
import { openApiDocument } from "../../../../lib/server/openapi.ts";

export const dynamic = "force-dynamic";

export const GET = () => Response.json(openApiDocument(portal().settings.baseUrl));
