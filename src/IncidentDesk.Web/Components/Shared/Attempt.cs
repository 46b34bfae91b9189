using System.Data.Common;
using System.Net.Sockets;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.Components.Shared;

/// <summary>Use cases as an open page runs them.</summary>
public static class Attempt
{
    /// <summary>That the database is away is told like any refusal: an exception would end the page, which must outlive it.</summary>
    public static async Task<Result<T>> RunAsync<T>(Func<Task<Result<T>>> use)
    {
        try
        {
            return await use();
        }
        catch (Exception e) when (IsDatabaseAway(e))
        {
            return new Invalid(null, "Database.Away");
        }
    }

    private static bool IsDatabaseAway(Exception? e) => e is not null && (e is DbException or TimeoutException or SocketException || IsDatabaseAway(e.InnerException));
}
