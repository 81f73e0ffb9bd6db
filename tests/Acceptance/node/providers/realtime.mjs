import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';

const tools = [{ type: 'function', name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } }];

// One session of one turn, or of two: the second shows that a refusal did not end it.
export default function open(baseURL, count) {
  const client = new OpenAI({ apiKey: 'client-key', baseURL: `${baseURL}/v1` });
  const talk = (prompts, seen, session = {}) => new Promise((resolve, reject) => {
    count();
    const socket = new OpenAIRealtimeWS({ model: 'gpt-realtime-x' }, client);
    const errors = [];
    let turn = -1;
    const next = () => {
      turn++;
      if (turn >= prompts.length) {
        socket.close();
        resolve();
        return;
      }
      seen.texts[turn] = '';
      socket.send({ type: 'conversation.item.create', event_id: `client_${turn}`, item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: prompts[turn] }] } });
    };
    socket.socket.on('open', () => {
      socket.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'], tools, ...session } });
    });
    socket.on('session.updated', next);
    socket.on('conversation.item.added', () => socket.send({ type: 'response.create' }));
    socket.on('event', (event) => {
      seen.events++;
      if (/^response\.(output_text|output_audio_transcript|function_call_arguments)\.delta$/.test(event.type)) seen.texts[turn] += event.delta;
      if (/^response\.(output_text|output_audio_transcript|function_call_arguments)\.done$/.test(event.type)) seen.text = event.text ?? event.transcript ?? event.arguments;
    });
    socket.on('response.done', (event) => {
      seen.finish = event.response.status_details?.reason ?? event.response.status;
      const [item] = event.response.output;
      if (item) seen.refusal = item.arguments ?? item.content[0].text ?? item.content[0].transcript;
      next();
    });
    socket.on('error', (error) => {
      seen.error = { name: error.error ? 'event' : error.constructor.name, code: error.error?.code ?? null, type: error.error?.type ?? null, message: `${error.error?.event_id ?? ''} ${error.message}` };
      if (!error.error) reject(error);
      else if (error.error.event_id) next();
    });
    setTimeout(() => reject(new Error(`no end after ${JSON.stringify(seen)}`)), 20000).unref();
  });
  return {
    text: (prompt, seen) => talk([prompt], seen),
    audio: (prompt, seen) => talk([prompt], seen, { output_modalities: ['audio'] }),
    twice: (prompt, seen) => talk([prompt, 'echo still here'], seen),
  };
}
