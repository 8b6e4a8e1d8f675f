/** A place that Lattice writes access logs to. A bucket's ARN says no Region. */
export type LogDestination = { readonly type: "s3" | "logs" | "firehose"; readonly name: string; readonly region: string | null };

const BUCKET = /^arn:aws[a-z-]*:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/;
const LOG_GROUP = /^arn:aws[a-z-]*:logs:([a-z0-9-]+):[0-9]{12}:log-group:([\w./#-]{1,512})(?::\*)?$/;
const STREAM = /^arn:aws[a-z-]*:firehose:([a-z0-9-]+):[0-9]{12}:deliverystream\/([\w.-]{1,64})$/;

/** Reads the ARN of an S3 bucket, a CloudWatch Logs group (with or without `:*`) or a Firehose stream (lattice.md §1.11); null for anything else. */
export function logDestinationOf(arn: string): LogDestination | null {
  const [, bucket] = BUCKET.exec(arn) ?? [];
  if (bucket !== undefined) return { type: "s3", name: bucket, region: null };
  const [, logRegion, group] = LOG_GROUP.exec(arn) ?? [];
  if (logRegion !== undefined && group !== undefined) return { type: "logs", name: group, region: logRegion };
  const [, streamRegion, stream] = STREAM.exec(arn) ?? [];
  return streamRegion !== undefined && stream !== undefined ? { type: "firehose", name: stream, region: streamRegion } : null;
}
