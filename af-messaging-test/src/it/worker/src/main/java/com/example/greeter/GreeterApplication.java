package com.example.greeter;

import io.agentflow.messaging.listener.AfListener;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

@SpringBootApplication
public class GreeterApplication {

	public static void main(String[] args) {
		SpringApplication.run(GreeterApplication.class, args);
	}

}

@Component
class Greeter {

	@AfListener("agents.greeter.in")
	String greet(String name) {
		return "Hello " + name;
	}

}
