package com.example.plain;

import java.util.Locale;

import io.agentflow.messaging.listener.AfListener;

class Shouter {

	@AfListener(subject = "agents.shouter.in", id = "shouter")
	String shout(String text) {
		return text.toUpperCase(Locale.ROOT);
	}

}
