package com.example.orders;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.AfPublisher;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class OrdersApplication {

	public static void main(String[] args) {
		SpringApplication.run(OrdersApplication.class, args);
	}

}

record Order(String id, long cents) {

}

record Invoice(String order, long cents) {

}

@RestController
class OrderController {

	private final AfPublisher publisher;

	OrderController(AfPublisher publisher) {
		this.publisher = publisher;
	}

	@PostMapping("/orders/{id}/{cents}")
	String place(@PathVariable String id, @PathVariable long cents) {
		return this.publisher
			.publish(Subjects.workflowIn(id),
					AfMessage.request("shop", "billing").workflowId(id).payload(new Order(id, cents)).build())
			.stream();
	}

}

@Component
class Billing {

	@AfListener(subject = "workflows.*.in", id = "billing")
	Invoice bill(Order order) {
		return new Invoice(order.id(), order.cents());
	}

}
