using System.Net;
using IncidentDesk.Testing;

namespace IncidentDesk.Benchmarks;

/// <summary>Pages without a browser, of as many people as it takes.</summary>
internal static class OpenPages
{
    // The desk allows each person twenty.
    private const int OfPerson = 15;

    /// <summary>Opens pages one after the other, as a shift comes in.</summary>
    public static async Task<IAsyncDisposable> GatherAsync(Desk desk, string key, int count)
    {
        var all = new Crowd();
        for (var (opened, person) = (0, 1); opened < count; person++)
        {
            var cookies = new CookieContainer();
            using var session = await desk.SignInAsync(cookies, person);
            for (var i = 0; i < OfPerson && opened < count; i++, opened++) all.Add(await Circuit.OpenAsync(desk.Address, cookies, session, $"/incidents/{key}"));
        }
        return all;
    }
}
