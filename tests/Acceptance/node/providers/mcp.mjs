import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CreateMessageRequestSchema, LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

// The prompt is a list: what to do, with JSON arguments behind it. Answers by events, or as JSON where the scenario says so.
export default function open(baseURL) {
  const session = (path) => async (prompt, seen) => {
    const client = new Client({ name: 'acceptance', version: '1' }, { capabilities: { sampling: {} } });
    client.setRequestHandler(CreateMessageRequestSchema, async ({ params }) => {
      seen.refusal = params.messages[0].content.text;
      return { model: 'm', role: 'assistant', content: { type: 'text', text: 'My card is 4111 1111 1111 1111.' } };
    });
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
      seen.refusal = params.data;
    });
    const transport = new StreamableHTTPClientTransport(new URL(`${baseURL}${path}`));
    await client.connect(transport);
    try {
      const [what, ...rest] = prompt.split(' ');
      const given = rest.length ? JSON.parse(rest.join(' ')) : undefined;
      const answer = await {
        instructions: () => client.getInstructions(),
        list: () => client.listTools(),
        call: () => client.callTool(given),
        read: () => client.readResource(given),
        prompt: () => client.getPrompt(given),
      }[what]();
      seen.text = JSON.stringify(answer);
      await new Promise((resolve) => setTimeout(resolve, what === 'call' && given.name === 'announce' ? 200 : 0));
    } finally {
      await transport.terminateSession();
      await client.close();
    }
  };
  return { events: session('/mcp'), json: session('/json') };
}
