namespace IncidentDesk.Web.Live;

internal static partial class PresenceLog
{
    [LoggerMessage(131, LogLevel.Warning, "Who is here could not be shown; it is tried again.")]
    public static partial void PresenceFailed(this ILogger log, Exception exception);
}
