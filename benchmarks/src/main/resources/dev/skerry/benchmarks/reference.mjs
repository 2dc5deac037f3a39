// Serves the reference server, file-backed: node serve.mjs FOLDER PORT
import { DurableStreamTestServer } from "@durable-streams/server"

const [dataDir, port] = process.argv.slice(2)
const server = new DurableStreamTestServer({ dataDir, port: Number(port) })
console.log(await server.start())
