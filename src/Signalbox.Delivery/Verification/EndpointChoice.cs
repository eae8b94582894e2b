using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>Which endpoints of an environment are meant.</summary>
public static class EndpointChoice
{
    private static readonly Rule NoEndpoints = new("SB3300", Severity.Error, "The environment declares no endpoints");
    private static readonly Rule UnknownEndpoint = new("SB3301", Severity.Error, "There is no endpoint of that name");

    /// <param name="environment">Whose endpoints.</param>
    /// <param name="names">None means all.</param>
    public static Outcome<ValueList<Endpoint>> Of(DeclaredEnvironment environment, IReadOnlyCollection<string> names)
    {
        var place = environment.Place;
        if (environment.Endpoints.Count == 0)
            return NoEndpoints.At(place.Source, place.Span, $"{Culprit.Quote(environment.Name.Text)} has no `endpoints`", "add what must answer, as docs/signalbox-yml.md shows under Endpoints");
        var known = environment.Endpoints.Select(endpoint => endpoint.Name).ToArray();
        var unknown = names.Where(name => !known.Contains(name, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
            return new Outcome<ValueList<Endpoint>>.Failure([.. unknown.Select(name => Unknown(environment, name, known))]);
        return (ValueList<Endpoint>)[.. environment.Endpoints.Where(endpoint => names.Count == 0 || names.Contains(endpoint.Name, StringComparer.Ordinal))];
    }

    private static Diagnostic Unknown(DeclaredEnvironment environment, string name, string[] known) => UnknownEndpoint.At(
        environment.Place.Source,
        environment.Place.Span,
        $"{Culprit.Quote(environment.Name.Text)} has no endpoint {Culprit.Quote(name)}",
        NearestName.Of(name, known) is { } nearest ? $"did you mean `{nearest}`?" : $"its endpoints are {string.Join(", ", known.Select(Culprit.Quote))}");
}
