const LENGTH = 255;

/** A description that EC2 takes for security groups and their rules: paths of constructs may hold other characters, and be longer. */
export function groupDescription(text: string): string {
  return text.replace(/[^\w ./:()#,@[\]+=&;{}!$*-]/g, '-').slice(0, LENGTH);
}
