using IncidentDesk.Web.Tests.Hosting;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace IncidentDesk.Web.Tests.Access;

/// <summary>What the desk answers to, as it is mapped: a new one is in every test that is built from these.</summary>
internal static class MappedEndpoints
{
    public static IEnumerable<RouteEndpoint> Endpoints(this WebDesk desk) =>
        desk.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    /// <summary>Pages, by their template.</summary>
    public static IEnumerable<RouteEndpoint> Pages(this WebDesk desk) => desk.Endpoints().Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null);

    public static IReadOnlyList<string> Methods(this RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    public static string Template(this RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!;

    public static string Name(this RouteEndpoint endpoint) => $"{string.Join(",", endpoint.Methods())} {endpoint.Template()}";

    /// <summary>The path with a value for each of its places.</summary>
    /// <param name="value">By the place's name in small letters; throws for one that it does not know.</param>
    public static string Path(this RouteEndpoint endpoint, Func<string, string> value) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart place => Uri.EscapeDataString(value(place.Name.ToLowerInvariant())),
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => throw new NotSupportedException(part.ToString()),
        }))));
}
