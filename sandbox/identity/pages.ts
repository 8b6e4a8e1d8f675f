import { randomBytes } from "node:crypto";
import { type Persona, personas } from "./personas.ts";

export type Language = "en" | "ja";
export type Page = { html: string; headers: Record<string, string> };

const words = {
  en: {
    title: "Sign in to the sandbox",
    lead: "Choose who you are. This identity provider is real OpenID Connect; the people are made up.",
    out: "Sign out",
    outTitle: "Sign out of the sandbox?",
    stay: "Stay signed in",
    outDone: "You are signed out",
    outLead: "You can close this page or sign in again from Trellis.",
    error: "Sign-in could not go on",
    again: "Go back to Trellis and sign in again.",
  },
  ja: {
    title: "サンドボックスにサインイン",
    lead: "誰としてサインインするかを選びます。この ID プロバイダーは本物の OpenID Connect で、人物は架空です。",
    out: "サインアウト",
    outTitle: "サンドボックスからサインアウトしますか？",
    stay: "サインインしたままにする",
    outDone: "サインアウトしました",
    outLead: "このページを閉じるか、Trellis からもう一度サインインしてください。",
    error: "サインインを続けられません",
    again: "Trellis に戻り、もう一度サインインしてください。",
  },
} as const;

export function languageOf(acceptLanguage: string | undefined): Language {
  const first = (acceptLanguage ?? "").split(",").find((part) => /^\s*(ja|en)\b/i.test(part));
  return first?.trim().toLowerCase().startsWith("ja") ? "ja" : "en";
}

/** The personas as one button each. A persona named by the sign-in hint stands first and has the focus. */
export function loginPage(options: { uid: string; hint: string | null; language: Language }): Page {
  const text = words[options.language];
  const ordered = [...personas].sort((a, b) => Number(b.id === options.hint) - Number(a.id === options.hint));
  const buttons = ordered.map((persona) => personaButton(persona, options)).join("");
  return page(options.language, text.title, `<h1>${text.title}</h1><p>${text.lead}</p><ul>${buttons}</ul>`);
}

function personaButton(persona: Persona, { uid, hint, language }: { uid: string; hint: string | null; language: Language }): string {
  const chosen = persona.id === hint;
  return `<li><form method="post" action="/login/${encodeURIComponent(uid)}/${persona.id}"><button${chosen ? ' class="first" autofocus' : ""} name="persona" value="${persona.id}">
<span class="id">${persona.id}</span><span class="role">${persona.role[language]}</span></button></form></li>`;
}

/** `form` is the provider's own; our buttons belong to it by id. */
export function signOutPage(form: string, language: Language): Page {
  const text = words[language];
  const buttons = `<p class="row"><button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>${text.out}</button>
<button type="submit" form="op.logoutForm" class="plain">${text.stay}</button></p>`;
  return page(language, text.outTitle, `<h1>${text.outTitle}</h1>${form}${buttons}`);
}

export function signedOutPage(language: Language): Page {
  const text = words[language];
  return page(language, text.outDone, `<h1>${text.outDone}</h1><p>${text.outLead}</p>`);
}

/** What went wrong, in the protocol's own words, and the way out. */
export function problemPage(problem: string, language: Language): Page {
  const text = words[language];
  return page(language, text.error, `<h1>${text.error}</h1><p>${text.again}</p><p><code>${escaped(problem)}</code></p>`);
}

function page(language: Language, title: string, body: string): Page {
  const nonce = randomBytes(12).toString("base64");
  return {
    html: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title><style nonce="${nonce}">${css}</style></head><body><main>${body}</main></body></html>`,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      // The form's answer leads back to the portal, and browsers apply form-action to redirects as well.
      "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self' http://localhost:*; frame-ancestors 'none'; base-uri 'none'`,
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
    },
  };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const css = `:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f6f6f3,#0e100f);color:light-dark(#1a1d1a,#eceeea);
font:14px/1.6 system-ui,"Hiragino Sans","Noto Sans JP","Noto Sans CJK JP",sans-serif}
main{width:min(26rem,calc(100vw - 2rem));padding:2rem;background:light-dark(#fff,#161917);border:1px solid light-dark(#e5e5df,#292e2b);border-radius:8px}
h1{margin:0 0 .5rem;font-size:1.25rem;line-height:1.4}
p{margin:0 0 1.25rem;color:light-dark(#565b54,#a8aea6)}
ul{margin:0;padding:0;list-style:none;display:grid;gap:.5rem}
form{margin:0}
li button{display:flex;justify-content:space-between;gap:1rem;width:100%;text-align:start}
button{padding:.6rem .8rem;font:inherit;color:inherit;background:transparent;border:1px solid light-dark(#7f837a,#757c74);border-radius:5px;cursor:pointer}
button:hover{background:light-dark(#f4f4f0,#1e221f)}
button:focus-visible{outline:2px solid light-dark(#0b5f6b,#6ccbd4);outline-offset:2px}
button.first{border-color:light-dark(#0b5f6b,#6ccbd4);background:light-dark(#e3f1f2,#10292c)}
.id{font-weight:600;white-space:nowrap}
.role{color:light-dark(#565b54,#a8aea6);text-align:end}
.row{display:flex;gap:.5rem;flex-wrap:wrap}
code{font-size:.8rem;overflow-wrap:anywhere}`;
