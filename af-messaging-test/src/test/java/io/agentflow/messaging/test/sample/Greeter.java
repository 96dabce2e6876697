package io.agentflow.messaging.test.sample;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.springframework.stereotype.Component;

import io.agentflow.messaging.listener.AfListener;

@Component
class Greeter {

	private final BlockingQueue<String> names = new LinkedBlockingQueue<>();

	BlockingQueue<String> names() {
		return this.names;
	}

	@AfListener(id = "greeter", subject = "agents.greeter.in")
	String greet(String name) {
		this.names.add(name);
		return "Hello " + name;
	}

}
