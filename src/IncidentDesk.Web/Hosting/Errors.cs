using System.Diagnostics;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Diagnostics;
using ProblemHttpResult = Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult;

namespace IncidentDesk.Web.Hosting;

/// <summary>The one place where an error becomes HTTP.</summary>
public static class Errors
{
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
        app.UseExceptionHandler(handler => handler.Run(async context =>
        {
            var thrown = context.Features.Get<IExceptionHandlerFeature>()?.Error;
            var say = context.RequestServices.GetRequiredService<Say>();
            var id = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            if (thrown is BadHttpRequestException bad)
            {
                var code = bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Request.TooLarge" : "Request.Unreadable";
                var text = say["Error." + code, Import.ImportForms.MaxRequestBytes / 1024 / 1024];
                if (!Api.IsFor(context))
                {
                    context.Response.StatusCode = bad.StatusCode;
                    await ErrorPage.WriteAsync(context, say["Problem.Invalid"], text);
                    return;
                }
                await TypedResults.Problem(text, statusCode: bad.StatusCode, title: say["Problem.Invalid"],
                    extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code }).ExecuteAsync(context);
                return;
            }
            // The database is away, or a bug: in both cases nothing was kept, and trying again is right.
            context.Response.Headers.RetryAfter = "5";
            if (Api.IsFor(context))
            {
                await TypedResults.Problem(say["Error.Unexpected", id], statusCode: StatusCodes.Status503ServiceUnavailable, title: say["Problem.Unexpected"],
                    extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "Unexpected", ["id"] = id }).ExecuteAsync(context);
                return;
            }
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await ErrorPage.WriteAsync(context, say["Problem.Unexpected"], say["Error.Unexpected", id]);
        }));
    }
}
