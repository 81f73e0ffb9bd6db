import { GoogleGenAI } from '@google/genai';

const tools = [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } } } }] }];

export default function open(baseUrl) {
  const client = new GoogleGenAI({ apiKey: 'client-key', httpOptions: { baseUrl } });
  const see = (answer, seen) => {
    seen.text += answer.text ?? '';
    seen.refusal = answer.promptFeedback?.blockReason ?? seen.refusal;
    seen.finish = answer.candidates?.[0]?.finishReason ?? seen.finish;
    const call = answer.functionCalls?.[0];
    if (call) seen.text = JSON.stringify(call.args);
  };
  return {
    async plain(prompt, seen) {
      see(await client.models.generateContent({ model: 'gemini-x', contents: prompt }), seen);
    },
    async stream(prompt, seen) {
      for await (const chunk of await client.models.generateContentStream({ model: 'gemini-x', contents: prompt })) {
        seen.events++;
        see(chunk, seen);
      }
    },
    async tool(prompt, seen) {
      see(await client.models.generateContent({ model: 'gemini-x', contents: prompt, config: { tools } }), seen);
    },
    async toolStream(prompt, seen) {
      for await (const chunk of await client.models.generateContentStream({ model: 'gemini-x', contents: prompt, config: { tools } })) see(chunk, seen);
    },
  };
}
