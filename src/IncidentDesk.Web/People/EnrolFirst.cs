using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.People;

/// <summary>Whose role demands a second factor, and who has come without one, gets to the page that sets one up and nowhere else.</summary>
internal static class EnrolFirst
{
    private static readonly PathString[] Open = [Links.Factors, "/account/passkeys/options", "/signout", "/language"];

    public static void UseEnrolFirst(this WebApplication app) => app.Use((context, next) =>
    {
        if (!context.User.HasClaim(c => c.Type == DeskClaims.MustEnrol) || Array.Exists(Open, p => p.Equals(context.Request.Path, StringComparison.OrdinalIgnoreCase))) return next(context);
        if (HttpMethods.IsGet(context.Request.Method) && !Api.IsFor(context) && !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect(Links.Factors);
            return Task.CompletedTask;
        }
        var say = context.RequestServices.GetRequiredService<Say>();
        var error = new Forbidden("Factor.EnrolFirst");
        if (Api.IsFor(context)) return error.ToProblem(say).ExecuteAsync(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return ErrorPage.WriteAsync(context, say["Factors.Title"], say.Error(error));
    });
}
