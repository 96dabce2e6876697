package io.agentflow.messaging.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * The connection, and the streams behind it.
 */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

	/** Profiles whose messages matter enough to warn of streams on one server only. */
	private static final Profiles PRODUCTION = Profiles.of("prod", "production");

	private final AfBusProperties properties;

	ConnectionConfiguration(AfBusProperties properties) {
		this.properties = properties;
	}

	@Bean
	@ConditionalOnMissingBean(AfBusConnectionDetails.class)
	PropertiesAfBusConnectionDetails afBusConnectionDetails(ObjectProvider<SslBundles> sslBundles) {
		return new PropertiesAfBusConnectionDetails(this.properties, sslBundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	BusConnection afBusConnection(AfBusConnectionDetails details, Environment environment,
			ObjectProvider<AfBusCustomizer> customizers, ObjectProvider<NatsOptionsCustomizer> optionsCustomizers,
			ObjectProvider<SslBundles> sslBundles) {
		ConnectionSettings settings = new ConnectionSettingsMapper(this.properties, details)
			.map(ApplicationName.of(environment));
		for (AfBusCustomizer customizer : customizers.orderedStream().toList()) {
			settings = customizer.customize(settings);
		}
		for (NatsOptionsCustomizer customizer : optionsCustomizers.orderedStream().toList()) {
			settings = settings.withOptions(customizer::customize);
		}
		BusConnection connection = BusConnection.connect(settings);
		reconnectOnReload(connection, details, sslBundles.getIfAvailable());
		return connection;
	}

	@Bean
	BusEventPublisher afBusEventPublisher(BusConnection connection, ApplicationEventPublisher publisher) {
		return new BusEventPublisher(connection, publisher);
	}

	@Bean
	static PropertyWarnings afPropertyWarnings(Environment environment) {
		return new PropertyWarnings(environment, KnownProperties.load());
	}

	@Bean
	@ConditionalOnMissingBean
	StreamTopology afStreamTopology() {
		return StreamTopologyMapper.map(this.properties.getStreams());
	}

	@Bean
	@ConditionalOnMissingBean
	StreamProvisioner afStreamProvisioner(BusConnection connection, Environment environment) {
		return environment.acceptsProfiles(PRODUCTION) ? StreamProvisioner.forProduction(connection)
				: StreamProvisioner.of(connection);
	}

	@Bean
	@ConditionalOnMissingBean
	AfStreams afStreams(BusConnection connection, StreamProvisioner provisioner, StreamTopology topology) {
		return new AfStreams(connection, provisioner, topology, this.properties.getProvisioning(),
				this.properties.getStartup());
	}

	private void reconnectOnReload(BusConnection connection, AfBusConnectionDetails details,
			@Nullable SslBundles sslBundles) {
		String bundle = this.properties.getSsl().getBundle();
		if (sslBundles != null && StringUtils.hasText(bundle) && details instanceof PropertiesAfBusConnectionDetails) {
			sslBundles.addBundleUpdateHandler(bundle, (reloaded) -> connection.reconnect());
		}
	}

}
