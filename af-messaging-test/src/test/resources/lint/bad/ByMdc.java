package bad;

import java.util.Map;

import org.slf4j.MDC;

class ByMdc {

	void literal() {
		MDC.put("workflow_id", "w");
	}

	void constantOfAnotherClass(String value) {
		MDC.put(Names.TRACE, value);
	}

	void closeable() {
		try (MDC.MDCCloseable entry = MDC.putCloseable("agent_id", "a")) {
			entry.toString();
		}
	}

	void local(boolean odd) {
		String key = odd ? "message_id" : "mine";
		for (int i = 0; i < 3; i++) {
			MDC.put(key, String.valueOf(i));
		}
	}

	void map() {
		MDC.setContextMap(Map.of("mine", "1", "span_id", "2"));
	}

	void idOfTheTracer() {
		MDC.put("traceId", "t");
	}

	void entryOfTheLibrary() {
		MDC.put("af.message_id", "m");
	}

}
