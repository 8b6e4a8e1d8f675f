export type HeaderSettings = {
  readonly nonce: string;
  readonly issuerOrigin: string;
  readonly development: boolean;
  readonly secure: boolean;
};

/**
 * The content security policy of issue 3 §9. `style-src-attr 'unsafe-inline'` is for measured positions (popovers, meters).
 * In development React needs eval and Next's overlay injects styles without a nonce, which a nonce would forbid.
 */
export function contentSecurityPolicy({ nonce, issuerOrigin, development, secure }: HeaderSettings): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' ${issuerOrigin}`,
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

/** Headers that every answer carries. */
export function securityHeaders(settings: HeaderSettings): Readonly<Record<string, string>> {
  return {
    "content-security-policy": contentSecurityPolicy(settings),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    ...(settings.secure ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}
