import {
  BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand, InvokeModelCommand, InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';

const model = 'us.anthropic.claude-x-v1:0';
const toolConfig = { tools: [{ toolSpec: { name: 'get_weather', inputSchema: { json: { type: 'object', properties: { city: { type: 'string' } } } } } }] };

export default function open(endpoint, count) {
  // As it comes: this SDK speaks HTTP/2 without TLS and with prior knowledge, and signs for the proxy's own address.
  const client = new BedrockRuntimeClient({ region: 'eu-central-1', endpoint, credentials: { accessKeyId: 'AKIDCLIENT', secretAccessKey: 'client-secret' } });
  client.middlewareStack.add((next) => (sent) => {
    count();
    return next(sent);
  }, { step: 'deserialize', priority: 'low' });
  const ask = (prompt, more) => ({ modelId: model, messages: [{ role: 'user', content: [{ text: prompt }] }], ...more });
  const body = (prompt) => JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 256, messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }] });
  const whole = async (prompt, seen, more) => {
    const answer = await client.send(new ConverseCommand(ask(prompt, more)));
    const [block] = answer.output.message.content;
    seen.text = block.toolUse ? JSON.stringify(block.toolUse.input) : block.text;
    seen.finish = answer.stopReason;
  };
  const stream = async (prompt, seen, more) => {
    const answer = await client.send(new ConverseStreamCommand(ask(prompt, more)));
    for await (const event of answer.stream) {
      seen.events++;
      seen.text += event.contentBlockDelta?.delta.text ?? event.contentBlockDelta?.delta.toolUse?.input ?? '';
      seen.finish = event.messageStop?.stopReason ?? seen.finish;
    }
  };
  return {
    plain: (prompt, seen) => whole(prompt, seen),
    stream: (prompt, seen) => stream(prompt, seen),
    tool: (prompt, seen) => whole(prompt, seen, { toolConfig }),
    toolStream: (prompt, seen) => stream(prompt, seen, { toolConfig }),
    async invoke(prompt, seen) {
      const answer = await client.send(new InvokeModelCommand({ modelId: model, contentType: 'application/json', body: body(prompt) }));
      const message = JSON.parse(new TextDecoder().decode(answer.body));
      seen.text = message.content.map((block) => block.text ?? '').join('');
      seen.finish = message.stop_reason;
    },
    async invokeStream(prompt, seen) {
      const answer = await client.send(new InvokeModelWithResponseStreamCommand({ modelId: model, contentType: 'application/json', body: body(prompt) }));
      for await (const { chunk } of answer.body) {
        seen.events++;
        const event = JSON.parse(new TextDecoder().decode(chunk.bytes));
        seen.text += event.delta?.text ?? event.delta?.partial_json ?? '';
        seen.finish = event.delta?.stop_reason ?? seen.finish;
      }
    },
  };
}
