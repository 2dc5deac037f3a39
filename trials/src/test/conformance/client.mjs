// Writes and follows a stream with the public client, as somebody else's program would.
//   node client.mjs write URL COUNT    appends {"n":0} … once each, whatever happens to the server
//   node client.mjs follow URL COUNT   prints what it reads, live, until it has read so many
import { DurableStream, IdempotentProducer, stream } from "@durable-streams/client"

const [what, url, count] = process.argv.slice(2)

// The same request again until it is answered: the producer's numbers in it make that safe.
async function stubborn(...request) {
  for (;;) {
    try {
      return await fetch(...request)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

if (what === "write") {
  const events = await DurableStream.create({ url, contentType: "application/json" })
  const producer = new IdempotentProducer(events, "till-1", {
    fetch: stubborn,
    onError: (error) => {
      console.error(`lost: ${error}`)
      process.exit(1)
    },
  })
  for (let n = 0; n < Number(count); n++) {
    producer.append(JSON.stringify({ n }))
    if (n % 10 === 9) {
      await producer.flush()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  await producer.flush()
  console.log("written")
} else {
  const response = await stream({ url, offset: "-1", live: "long-poll", json: true })
  let read = 0
  response.subscribeJson(async (batch) => {
    for (const event of batch.items) {
      console.log(event.n)
      read++
    }
    if (read >= Number(count)) process.exit(0)
  })
}
