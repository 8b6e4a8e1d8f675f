/** Actions that can stand in the audit, for the filter's list. A row with another action is shown all the same. */
export const AUDIT_ACTIONS = [
  "request.submit",
  "request.resubmit",
  "request.approve",
  "request.sendBack",
  "request.reject",
  "request.withdraw",
  "request.retry",
  "request.comment",
  "request.expire",
  "request.submitSystem",
  "session.start",
  "session.end",
  "token.revoke",
] as const;
