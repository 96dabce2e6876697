package io.agentflow.messaging.autoconfigure.tracing;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of tracing. The values of the same names in other AgentFlow services, such
 * as AF_OTEL_EXPORTER_OTLP_ENDPOINT, are taken as defaults of Spring Boot's own
 * properties.
 */
@ConfigurationProperties("af.tracing")
public class AfTracingProperties {

	/**
	 * Whether messages take part in traces. Without, ids are still generated and carried
	 * on.
	 */
	private boolean enabled = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
