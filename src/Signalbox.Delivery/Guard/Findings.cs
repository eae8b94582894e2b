using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard;

/// <summary>How a judge says what it found: `change.Denies(rule, message, hint)`.</summary>
internal static class Findings
{
    extension(ResourceChange change)
    {
        public Finding Denies(Rule rule, string message, string hint) => change.Found(rule, Judgement.Deny, message, hint);

        public Finding Holds(Rule rule, string message, string hint) => change.Found(rule, Judgement.Hold, message, hint);

        public Finding Found(Rule rule, Judgement judgement, string message, string hint) =>
            new(rule, judgement, EscapedText.Safe(change.Address), message, hint);
    }
}
