// A real MCP server over streamable HTTP. Prints its address; each session has a server of its own. Tells on request what it was sent.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

const sessions = new Map();
const received = [];

const open = (answersJson) => {
  const server = new McpServer({ name: 'records', version: '1' }, { instructions: 'Ask records@example.com for help.' });
  const said = (text) => ({ content: [{ type: 'text', text }] });
  server.registerTool('echo', { description: 'Says it again. Owner: owner@example.com', inputSchema: { text: z.string() } }, async ({ text }) => said(text));
  server.registerTool('account', { description: 'An account number' }, async () => said('The account is DE89 3704 0044 0532 0130 00, all right.'));
  server.registerTool('delete_everything', { description: 'Deletes' }, async () => said('deleted'));
  server.registerTool('ask', { description: 'Asks the client for a completion' }, async () => {
    const answer = await server.server.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: 'Summarise for boss@example.com' } }], maxTokens: 10 });
    return said(`asked: ${answer.content.text}`);
  });
  server.registerTool('announce', { description: 'Notifies' }, async () => {
    await server.server.sendLoggingMessage({ level: 'info', data: 'news for reader@example.com' });
    return said('announced');
  });
  server.registerResource('note', 'memo://note', { title: 'A note' }, async (uri) => ({ contents: [{ uri: uri.href, text: 'Write to note@example.com.' }] }));
  server.registerPrompt('greet', { argsSchema: { who: z.string() } }, ({ who }) => ({ messages: [{ role: 'user', content: { type: 'text', text: `Greet ${who} at greet@example.com` } }] }));
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    enableJsonResponse: answersJson,
    onsessioninitialized: (id) => sessions.set(id, transport),
  });
  server.server.registerCapabilities?.({ logging: {} });
  return server.connect(transport).then(() => transport);
};

const http = createServer(async (request, response) => {
  if (request.url === '/received') {
    response.end(JSON.stringify(received));
    return;
  }
  const body = request.method === 'POST' ? await json(request) : undefined;
  received.push({ method: request.method, session: request.headers['mcp-session-id'] ?? null, body: JSON.stringify(body ?? null) });
  const known = sessions.get(request.headers['mcp-session-id']);
  const transport = known ?? await open(request.url.startsWith('/json'));
  await transport.handleRequest(request, response, body);
});
http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}`));
