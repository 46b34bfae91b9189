namespace IncidentDesk.Web.History;

internal static partial class HistoryLog
{
    [LoggerMessage(141, LogLevel.Warning, "When somebody left incident {Key} could not be noted.")]
    public static partial void VisitNotNoted(this ILogger log, Exception exception, string key);
}
