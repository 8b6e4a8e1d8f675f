"use server";

import { runAction } from "../server/run-action.ts";
import { approveRequest } from "../services/requests/approve-request.ts";
import { commentOnRequest } from "../services/requests/comment-on-request.ts";
import { rejectRequest } from "../services/requests/reject-request.ts";
import { resubmitRequest } from "../services/requests/resubmit-request.ts";
import { retryRequest } from "../services/requests/retry-request.ts";
import { sendBackRequest } from "../services/requests/send-back-request.ts";
import { submitRequest } from "../services/requests/submit-request.ts";
import { withdrawRequest } from "../services/requests/withdraw-request.ts";

export async function submitRequestAction(raw: unknown) {
  return runAction(submitRequest, raw);
}

export async function resubmitRequestAction(raw: unknown) {
  return runAction(resubmitRequest, raw);
}

export async function approveRequestAction(raw: unknown) {
  return runAction(approveRequest, raw);
}

export async function sendBackRequestAction(raw: unknown) {
  return runAction(sendBackRequest, raw);
}

export async function rejectRequestAction(raw: unknown) {
  return runAction(rejectRequest, raw);
}

export async function withdrawRequestAction(raw: unknown) {
  return runAction(withdrawRequest, raw);
}

export async function retryRequestAction(raw: unknown) {
  return runAction(retryRequest, raw);
}

export async function commentOnRequestAction(raw: unknown) {
  return runAction(commentOnRequest, raw);
}
