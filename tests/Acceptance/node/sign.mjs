// Signs a request as AWS's own SDK does and prints the Authorization header.   node sign.mjs < {"method","path","headers","body","time",…}
import { createHash, createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { SignatureV4 } from '@smithy/signature-v4';

class Sha256 {
  constructor(secret) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  update(data) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
}

const asked = JSON.parse(await text(process.stdin));
const signer = new SignatureV4({ service: 'bedrock', region: asked.region, sha256: Sha256, credentials: { accessKeyId: asked.id, secretAccessKey: asked.secret, sessionToken: asked.token } });
const [path, query] = asked.path.split('?');
const signed = await signer.sign(
  { method: asked.method, protocol: 'http:', hostname: 'unused', path, query: Object.fromEntries(new URLSearchParams(query ?? '')), headers: asked.headers, body: asked.body },
  { signingDate: new Date(asked.time) },
);
console.log(signed.headers.authorization);
