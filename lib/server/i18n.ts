import { getRequestConfig } from "next-intl/server";
import { requestLocale } from "./request-locale.ts";
import { MESSAGES, TIME_ZONE } from "./translate.ts";

// eslint-disable-next-line no-restricted-syntax -- next-intl loads this module's default export
export default getRequestConfig(async () => {
  const locale = await requestLocale();
  return { locale, messages: MESSAGES[locale], timeZone: TIME_ZONE };
});
