// Serves the reference server, file-backed, on any free port: node serve.mjs FOLDER
import { DurableStreamTestServer } from "@durable-streams/server"

const server = new DurableStreamTestServer({ dataDir: process.argv[2], port: 0 })
console.log(await server.start())
