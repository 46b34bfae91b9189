using Microsoft.AspNetCore.Http.Features;

namespace IncidentDesk.Web.Hosting;

/// <summary>An endpoint that takes more than the usual request from people who have signed in; all other requests stay small, whoever sends them.</summary>
/// <param name="bytes">What the whole body may hold.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequestRoomAttribute(int bytes) : Attribute
{
    public int Bytes => bytes;

    public static int Of(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<RequestRoomAttribute>()?.Bytes ?? DeskHost.MaxRequestBytes;
}

internal static class RequestRoom
{
    /// <summary>Refuses a body above the limit before anybody begins to read it: whoever binds it would each answer in their own way.</summary>
    public static void UseLimitOfRequests(this WebApplication app) => app.Use((context, next) =>
        context.Request.ContentLength > RequestRoomAttribute.Of(context.GetEndpoint()) ? throw TooLarge() : next(context));

    public static void UseRequestRoom(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.User.Identity?.IsAuthenticated == true && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = RequestRoomAttribute.Of(context.GetEndpoint());
        return next(context);
    });

    /// <summary>What the server itself throws when a body turns out too large.</summary>
    public static BadHttpRequestException TooLarge() => new("too large", StatusCodes.Status413PayloadTooLarge);
}
