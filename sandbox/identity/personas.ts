/** The people of the sandbox. `groups` is what the identity provider says; the bootstrap file maps it to teams and roles. */
export const personas = [
  {
    id: "payments-dev",
    name: "Priya Dev",
    role: { en: "Developer, team payments", ja: "payments チームの開発者" },
    groups: ["team-payments-developers"],
  },
  {
    id: "payments-lead",
    name: "Ken Lead",
    role: { en: "Lead, team payments", ja: "payments チームのリード" },
    groups: ["team-payments-leads"],
  },
  { id: "shop-dev", name: "Mina Dev", role: { en: "Developer, team shop", ja: "shop チームの開発者" }, groups: ["team-shop-developers"] },
  { id: "shop-lead", name: "Omar Lead", role: { en: "Lead, team shop", ja: "shop チームのリード" }, groups: ["team-shop-leads"] },
  { id: "admin", name: "Aiko Admin", role: { en: "Platform admin", ja: "プラットフォーム管理者" }, groups: ["platform-admins"] },
  { id: "admin-two", name: "Ben Admin", role: { en: "Platform admin", ja: "プラットフォーム管理者" }, groups: ["platform-admins"] },
  { id: "viewer", name: "Vera Viewer", role: { en: "Viewer", ja: "閲覧者" }, groups: ["viewers"] },
] as const;
export type Persona = (typeof personas)[number];
export type PersonaId = Persona["id"];

export function findPersona(id: string): Persona | null {
  return personas.find((persona) => persona.id === id) ?? null;
}
