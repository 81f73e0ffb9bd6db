using System.Globalization;

namespace EdgeFilter.Policies.Explaining;

/// <summary>A policy to begin with: valid as it is, tested, and full of hints.</summary>
public static class PolicyScaffold
{
    /// <param name="name">The policy's name.</param>
    /// <param name="extends">Policies that it extends.</param>
    /// <param name="appliesTo">Tenants that it applies to; empty: it is a part for others.</param>
    /// <param name="today">Becomes its version.</param>
    public static string Write(string name, IReadOnlyList<string> extends, IReadOnlyList<string> appliesTo, DateOnly today)
    {
        var version = string.Create(CultureInfo.InvariantCulture, $"{today.Year}.{today.Month}.0");
        var applies = appliesTo.Count > 0 ? $"{{ tenants: [{string.Join(", ", appliesTo)}] }}" : "when-extended";
        var parents = extends.Count > 0 ? $"extends: [{string.Join(", ", extends)}]\n" : "";
        return $$"""
            # yaml-language-server: $schema=../schema/policy.schema.json
            policy: {{name}}
            version: {{version}}
            title: {{name}}
            description: What this policy is for, in a sentence or two.
            owner: the team that answers for it
            {{parents}}# Who it applies to: everyone, when-extended, or lists of regions, tenants, groups, routes, models, protocols, times.
            applies-to: {{applies}}

            rules:
              - id: payment-cards
                why: The law, standard or agreement behind the rule.
                in: [prompt, output]
                find: { entities: [CREDIT_CARD], at-least: likely }
                then: redact

            tests:
              - name: a card number is removed
                prompt: "Charge 4111 1111 1111 1111, please."
                expect: { action: redact, rule: payment-cards, not-text: 4111 1111 1111 1111 }
              - name: a card number is removed from answers
                output: "The card on file is 4111 1111 1111 1111."
                expect: { action: redact, rule: payment-cards }
              - name: ordinary text stays as it is
                prompt: "Which cards do you accept?"
                expect: { action: allow, text: "Which cards do you accept?" }

            """.ReplaceLineEndings("\n");
    }
}
