using System.Diagnostics;
using System.Globalization;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;
using ProblemHttpResult = Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult;

namespace IncidentDesk.Web.Hosting;

/// <summary>The one place where an error becomes HTTP.</summary>
public static class Errors
{
    // A file of a million lines.
    private const long MaxDrainedBytes = 256 * 1024 * 1024;

    /// <summary>RFC 9457 problem details in the reader's language, with the stable <c>code</c> beside.</summary>
    public static ProblemHttpResult ToProblem(this Error error, Say say)
    {
        var text = say.Error(error);
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = error.Code };
        if (error is Invalid { Field: { } field })
            extensions["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal) { [char.ToLowerInvariant(field[0]) + field[1..]] = [text] };
        if (error is Conflict conflict) extensions["current"] = Api.Current(conflict.Current);
        return TypedResults.Problem(text, statusCode: StatusOf(error), title: say["Problem." + error.GetType().Name], extensions: extensions);
    }

    public static int StatusOf(Error error) => error switch
    {
        NotFound => StatusCodes.Status404NotFound,
        Forbidden => StatusCodes.Status403Forbidden,
        Invalid => StatusCodes.Status422UnprocessableEntity,
        Conflict => StatusCodes.Status409Conflict,
        _ => throw new UnreachableException(),
    };

    /// <summary>Bugs and broken infrastructure: the person gets an id, the log gets the rest.</summary>
    public static void UseDeskErrors(this WebApplication app)
    {
        // A status without a body gets one that a program can read.
        app.UseWhen(Api.IsFor, api => api.UseStatusCodePages());
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = e => e.Exception is BadHttpRequestException or InvalidDataException, ExceptionHandler = HandleAsync });
    }

    private static async Task HandleAsync(HttpContext context)
    {
        // The language was chosen further in, and what is set there does not come out with an exception.
        if (context.Features.Get<IRequestCultureFeature>() is { } asked)
        {
            CultureInfo.CurrentUICulture = asked.RequestCulture.UICulture;
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(Languages.Current);
            context.Response.Headers.ContentLanguage = Languages.Current;
        }
        var say = context.RequestServices.GetRequiredService<Say>();
        var failure = context.Features.Get<IExceptionHandlerFeature>();
        switch (failure?.Error)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                await DrainAsync(context);
                await AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, say["Problem.Invalid"], say["Error.Request.TooLarge", RequestRoomAttribute.Of(failure.Endpoint) / 1024 / 1024], "Request.TooLarge");
                break;
            case InvalidDataException:
                // A form whose head does not fit what follows.
                await AnswerAsync(context, StatusCodes.Status400BadRequest, say["Problem.Invalid"], say["Error.Request.Unreadable"], "Request.Unreadable");
                break;
            case BadHttpRequestException bad:
                await AnswerAsync(context, bad.StatusCode, say["Problem.Invalid"], say["Error.Request.Unreadable"], "Request.Unreadable");
                break;
            default:
                // The database is away, or a bug. Trying again is right in both cases, and safe: every write knows its repeat.
                context.Response.Headers.RetryAfter = "2";
                var id = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
                await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, say["Problem.Unexpected"], say["Error.Unexpected", id], "Unexpected");
                break;
        }
    }

    /// <summary>Throws away what a member of the desk still sends: whoever sends does not listen, and the answer would be lost with the connection.</summary>
    private static async Task DrainAsync(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated != true) return;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MaxDrainedBytes;
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // More than that, or gone: then the connection ends.
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string title, string text, string code)
    {
        context.Response.StatusCode = status;
        return Api.IsFor(context)
            ? TypedResults.Problem(text, statusCode: status, title: title, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code }).ExecuteAsync(context)
            : ErrorPage.WriteAsync(context, title, text);
    }
}
