// Runs one scenario with an official JavaScript SDK and prints what its user would see, as one line of JSON.
//   node run.mjs openai|anthropic BASE-URL SCENARIO PROMPT
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const [sdk, baseURL, scenario, prompt] = process.argv.slice(2);
const seen = { text: '', texts: [], finish: null, events: 0, requests: 0, error: null };

// What the SDK really sends, its own retries included.
const counting = (...request) => {
  seen.requests++;
  return fetch(...request);
};

const openai = {
  client: () => new OpenAI({ apiKey: 'sk-client', baseURL, fetch: counting }),
  messages: [{ role: 'user', content: prompt }],
  tools: [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } }],

  async plain() {
    const answer = await this.client().chat.completions.create({ model: 'gpt-x', messages: this.messages });
    seen.text = answer.choices[0].message.content;
    seen.refusal = answer.choices[0].message.refusal;
    seen.finish = answer.choices[0].finish_reason;
  },

  async twice() {
    const answer = await this.client().chat.completions.create({ model: 'gpt-x', messages: this.messages, n: 2 });
    seen.texts = answer.choices.map((choice) => choice.message.content);
  },

  async stream() {
    const stream = await this.client().chat.completions.create({ model: 'gpt-x', messages: this.messages, stream: true, n: scenario === 'stream-twice' ? 2 : 1 });
    for await (const chunk of stream) {
      seen.events++;
      for (const choice of chunk.choices) {
        seen.texts[choice.index] = (seen.texts[choice.index] ?? '') + (choice.delta.content ?? '');
        seen.finish = choice.finish_reason ?? seen.finish;
      }
    }
    seen.text = seen.texts[0];
  },

  // The helper that agents use: it insists on a finish reason for every choice.
  async accumulate() {
    const answer = await this.client().chat.completions.stream({ model: 'gpt-x', messages: this.messages }).finalChatCompletion();
    seen.text = answer.choices[0].message.content;
    seen.finish = answer.choices[0].finish_reason;
  },

  async tool() {
    const answer = await this.client().chat.completions.stream({ model: 'gpt-x', messages: this.messages, tools: this.tools }).finalChatCompletion();
    seen.text = answer.choices[0].message.tool_calls?.[0]?.function.arguments ?? null;
    seen.finish = answer.choices[0].finish_reason;
  },

  async leave() {
    const stream = await this.client().chat.completions.create({ model: 'gpt-x', messages: this.messages, stream: true });
    for await (const chunk of stream) {
      if (++seen.events === 3) break;
    }
  },
};

const anthropic = {
  client: () => new Anthropic({ apiKey: 'sk-ant-client', baseURL, fetch: counting }),
  request: { model: 'claude-x', max_tokens: 256, messages: [{ role: 'user', content: prompt }] },

  async plain() {
    const message = await this.client().messages.create(this.request);
    seen.text = message.content.map((block) => block.text ?? '').join('');
    seen.finish = message.stop_reason;
  },

  async stream() {
    const stream = await this.client().messages.create({ ...this.request, stream: true });
    for await (const event of stream) {
      seen.events++;
      if (event.type === 'content_block_delta') seen.text += event.delta.text ?? '';
      if (event.type === 'message_delta') seen.finish = event.delta.stop_reason;
    }
  },

  async accumulate() {
    const message = await this.client().messages.stream(this.request).finalMessage();
    seen.text = message.content.map((block) => block.text ?? '').join('');
    seen.finish = message.stop_reason;
  },

  async tool() {
    const tools = [{ name: 'get_weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } }];
    const message = await this.client().messages.stream({ ...this.request, tools }).finalMessage();
    seen.text = JSON.stringify(message.content.find((block) => block.type === 'tool_use')?.input ?? null);
    seen.finish = message.stop_reason;
  },

  async leave() {
    const stream = await this.client().messages.create({ ...this.request, stream: true });
    for await (const event of stream) {
      if (++seen.events === 5) break;
    }
  },
};

try {
  await { openai, anthropic }[sdk][scenario.replace('stream-twice', 'stream')]();
} catch (error) {
  seen.error = { name: error.constructor.name, status: error.status ?? null, code: error.code ?? null, type: error.type ?? null, message: error.message };
}
console.log(JSON.stringify(seen));
