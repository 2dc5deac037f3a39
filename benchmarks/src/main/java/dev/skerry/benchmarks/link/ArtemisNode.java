package dev.skerry.benchmarks.link;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.core.config.BridgeConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/// A process with an Artemis broker, at the store or at HQ, and a client in it.
///
/// Durable queue, durable messages; the journal is synced at both ends, which is its default, with libaio where the machine
/// has it and NIO elsewhere, which is its own choice; duplicate detection on. Everything else is as it comes.
final class ArtemisNode implements StoreEnd, HqEnd {

    private static final String QUEUE = "sales";
    private static final int NEXT_MILLIS_MAX = 2_000;
    private static final int LAST_MILLIS_MAX = 60_000;

    private final ActiveMQServer broker;
    private final ClientSessionFactory sessions;
    private final ClientSession session;
    private final ClientProducer producer;

    /// @param arguments `store DIR PORT` with the port of the line, or `hq DIR PORT` with the one to listen on
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = configuration(Path.of(arguments[1]));
        String address = "tcp://127.0.0.1:" + arguments[2];
        boolean store = arguments[0].equals("store");
        if (store) {
            configuration.addConnectorConfiguration("hq", address);
            configuration
                    .getBridgeConfigurations()
                    .add(
                            new BridgeConfiguration()
                                    .setName("link")
                                    .setQueueName(QUEUE)
                                    .setForwardingAddress(QUEUE)
                                    .setStaticConnectors(List.of("hq"))
                                    .setUseDuplicateDetection(true)
                                    .setInitialConnectAttempts(-1)
                                    .setReconnectAttempts(-1));
        } else {
            configuration.addAcceptorConfiguration("line", address);
        }
        ArtemisNode node = new ArtemisNode(configuration);
        if (store) {
            EndProcess.serve((StoreEnd) node);
        } else {
            EndProcess.serve((HqEnd) node);
        }
    }

    private static Configuration configuration(Path folder) throws Exception {
        return new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .addAcceptorConfiguration("in-vm", "vm://0")
                .addAddressConfiguration(
                        new CoreAddressConfiguration()
                                .setName(QUEUE)
                                .addRoutingType(RoutingType.ANYCAST))
                .addQueueConfiguration(
                        QueueConfiguration.of(QUEUE)
                                .setAddress(QUEUE)
                                .setRoutingType(RoutingType.ANYCAST)
                                .setDurable(true));
    }

    private ArtemisNode(Configuration configuration) throws Exception {
        EmbeddedActiveMQ embedded = new EmbeddedActiveMQ().setConfiguration(configuration);
        embedded.start();
        broker = embedded.getActiveMQServer();
        sessions = ActiveMQClient.createServerLocator("vm://0").createSessionFactory();
        session = sessions.createSession(false, false);
        producer = session.createProducer(QUEUE);
    }

    @Override
    public void take(List<byte[]> events) throws ActiveMQException {
        for (byte[] event : events) {
            ClientMessage message = session.createMessage(true);
            message.getBodyBuffer().writeBytes(event);
            producer.send(message);
        }
        session.commit();
    }

    @Override
    public long count() {
        return broker.locateQueue(QUEUE).getMessageCount();
    }

    @Override
    public void read(Consumer<byte[]> reader) throws ActiveMQException {
        try (ClientSession browsing = sessions.createSession();
                ClientConsumer consumer = browsing.createConsumer(QUEUE, true)) {
            browsing.start();
            // Not receiveImmediate(): a browser says "nothing" too early now and then.
            for (ClientMessage message = consumer.receive(NEXT_MILLIS_MAX);
                    message != null;
                    message = consumer.receive(NEXT_MILLIS_MAX)) {
                reader.accept(body(message));
            }
        }
    }

    @Override
    public void follow(Predicate<byte[]> reader) throws ActiveMQException {
        try (ClientSession reading = sessions.createSession(true, true);
                ClientConsumer consumer = reading.createConsumer(QUEUE)) {
            reading.start();
            boolean more = true;
            while (more) {
                ClientMessage message = consumer.receive(LAST_MILLIS_MAX);
                if (message == null) {
                    throw new IllegalStateException("no event for " + LAST_MILLIS_MAX + " ms");
                }
                more = reader.test(body(message));
                message.acknowledge();
            }
        }
    }

    private static byte[] body(ClientMessage message) {
        byte[] body = new byte[message.getBodyBuffer().readableBytes()];
        message.getBodyBuffer().readBytes(body);
        return body;
    }
}
