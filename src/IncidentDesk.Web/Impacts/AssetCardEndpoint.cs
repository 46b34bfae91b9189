using System.Security.Claims;
using IncidentDesk.Impacts;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Impacts;

/// <summary>The history of an asset as a piece of a page, for the card that its name shows.</summary>
public static class AssetCardEndpoint
{
    public static void MapAssetCard(this IEndpointRouteBuilder api) => api.MapGet("/assets/{id:guid}/card", CardAsync).ExcludeFromDescription();

    private static async Task<IResult> CardAsync(Guid id, ReadImpacts read, ClaimsPrincipal user, CancellationToken ct, string? incident = null) =>
        (await read.OfAssetAsync(id, user.ToActor(), ct)).TryGet(out var past, out var error)
            ? new RazorComponentResult<AssetCard>(new { Past = past, IncidentKey = incident ?? "" })
            : Results.StatusCode(Errors.StatusOf(error));
}
