package com.example.greeter;

import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.AfMessages;
import io.agentflow.messaging.test.AfMessagingTest;
import io.agentflow.messaging.test.PublishedMessages;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@AfMessagingTest(properties = "spring.application.name=greeter")
class GreeterTests {

	@Autowired
	private AfPublisher publisher;

	@Autowired
	private PublishedMessages messages;

	@Test
	void greets() {
		this.publisher.publish("agents.greeter.in", AfMessages.request("greeter", "Ada"));

		assertThat(this.messages.await("agents.test.in", 1).get(0).payload().stringValue()).isEqualTo("Hello Ada");
	}

}
