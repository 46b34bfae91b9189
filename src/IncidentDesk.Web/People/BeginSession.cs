using IncidentDesk.People;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.People;

/// <summary>Signs a person in on the browser of a request. What the browser held before ends: no session is carried over.</summary>
public sealed class BeginSession(Sessions sessions, DeskCookies cookies)
{
    public async Task<Result<Done>> HandleAsync(HttpContext context, Guid personId, SignInMethod method, bool stay)
    {
        var start = new Sessions.Start(personId, method, stay, DeviceName.Of(context.Request.Headers.UserAgent.ToString()), context.Connection.RemoteIpAddress?.ToString() ?? "", cookies.DeviceKey(context), cookies.SessionKey(context));
        if (!(await sessions.StartAsync(start, CancellationToken.None)).TryGet(out var started, out var error)) return error;
        cookies.Write(context, started, stay);
        return Done.Value;
    }
}
