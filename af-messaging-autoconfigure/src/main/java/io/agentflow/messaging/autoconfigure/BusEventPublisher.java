package io.agentflow.messaging.autoconfigure;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import io.nats.client.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.agentflow.messaging.autoconfigure.AfBusConnectionEvent.Type;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.BusListener;

/**
 * Turns what happens on the connection into application events. On a thread of its own:
 * those who listen may do what they like, publish included, which the connection's
 * threads must not wait for. Begins when all singletons are there: an event before would
 * have the beans that listen made on that thread, against the one that makes all others.
 */
final class BusEventPublisher implements BusListener, SmartInitializingSingleton, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(BusEventPublisher.class);

	private final BusConnection bus;

	private final ApplicationEventPublisher publisher;

	private final ExecutorService thread;

	BusEventPublisher(BusConnection bus, ApplicationEventPublisher publisher) {
		this.bus = bus;
		this.publisher = publisher;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("af-bus-events-");
		threads.setDaemon(true);
		this.thread = Executors.newSingleThreadExecutor(threads);
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.bus.addListener(this);
	}

	@Override
	public void connected(Connection connection) {
		publish(Type.CONNECTED);
	}

	@Override
	public void reconnected(Connection connection) {
		publish(Type.RECONNECTED);
	}

	@Override
	public void disconnected(Connection connection) {
		publish(Type.DISCONNECTED);
	}

	@Override
	public void destroy() {
		this.bus.removeListener(this);
		this.thread.shutdown();
	}

	private void publish(Type type) {
		AfBusConnectionEvent event = new AfBusConnectionEvent(type, this.bus.status());
		try {
			this.thread.execute(() -> publish(event));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The application has stopped listening to {}", event);
		}
	}

	private void publish(AfBusConnectionEvent event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener of the application has failed at {}", event.type(), ex);
		}
	}

}
