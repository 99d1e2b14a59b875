// An address of HTTP, as traffic names it: `http://shop.example.com/cart`.

export type HttpAddress = {
  readonly secure: boolean;
  /** In small letters, as hosts are compared. */
  readonly host: string;
  readonly path: string;
};

export const httpForm = /^https?:\/\/[a-z0-9]([-.a-zA-Z0-9]*[a-zA-Z0-9])?(\/[^\s?#]*)?$/;

/** `undefined` where it is none: the name of a Service. */
export function httpAddress(text: string): HttpAddress | undefined {
  const parts = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(text);
  if (parts === null) return undefined;
  const [, scheme, host, path = '/'] = parts;
  return {secure: scheme === 'https', host: host.toLowerCase(), path};
}
