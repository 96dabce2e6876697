package io.agentflow.messaging;

import java.nio.file.Path;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class ArchitectureTests {

	private static final String ROOT = "io.agentflow.messaging";

	/** The order in which a message meets them, and in which to read them. */
	private static final List<String> ORDER = List.of("", ".codec", ".connection", ".stream", ".observation",
			".publish", ".failure", ".deadletter", ".listener", ".replay");

	private final JavaClasses core = new ClassFileImporter().importPath(Path.of("target", "classes"));

	@Test
	void eachPackageUsesOnlyThoseAboveIt() {
		for (int i = 0; i < ORDER.size(); i++) {
			String[] below = ORDER.subList(i + 1, ORDER.size())
				.stream()
				.map((name) -> ROOT + name)
				.toArray(String[]::new);
			if (below.length > 0) {
				noClasses().that()
					.resideInAPackage(ROOT + ORDER.get(i))
					.should()
					.dependOnClassesThat()
					.resideInAnyPackage(below)
					.because("the packages are read from top to bottom, as a message travels")
					.check(this.core);
			}
		}
	}

	@Test
	void everyPackageHasItsPlaceInTheOrder() {
		classes().should()
			.resideInAnyPackage(ORDER.stream().map((name) -> ROOT + name).toArray(String[]::new))
			.because("a package outside the order would escape the rule above")
			.check(this.core);
	}

	@Test
	void knowsNothingOfSpringBoot() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.because("the library works with plain Spring")
			.check(this.core);
	}

	@Test
	void onlyTheSettlerSettles() {
		noClasses().that()
			.doNotHaveSimpleName("Settler")
			.and()
			.doNotHaveSimpleName("ReplyInbox") // has a consumer of its own
			.and()
			.doNotHaveSimpleName("AdvisoryWatch") // likewise
			.should()
			.callMethodWhere(new com.tngtech.archunit.base.DescribedPredicate<>("settles a NATS message") {
				@Override
				public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
					return call.getTargetOwner().isAssignableTo(io.nats.client.Message.class)
							&& List.of("ack", "ackSync", "nak", "nakWithDelay", "term", "inProgress")
								.contains(call.getName());
				}
			})
			.because("a message that two places settle is lost or repeated")
			.check(this.core);
	}

	@Test
	void usesJackson2OnlyToMapPayloads() {
		noClasses().that()
			.haveNameNotMatching(".*\\.codec\\.(Jackson2|PayloadMapper).*")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
			.because("it is optional on the class path")
			.check(this.core);
	}

	@Test
	void publicMethodsThrowNoCheckedBrokerExceptions() {
		methods().that()
			.arePublic()
			.and()
			.areDeclaredInClassesThat()
			.arePublic()
			.should()
			.notDeclareThrowableOfType(io.nats.client.JetStreamApiException.class)
			.because("users meet one family of exceptions")
			.check(this.core);
	}

}
