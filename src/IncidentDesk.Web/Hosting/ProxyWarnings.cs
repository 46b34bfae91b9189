using Microsoft.AspNetCore.HttpOverrides;

namespace IncidentDesk.Web.Hosting;

/// <summary>Says in the log that a proxy seems to stand before the desk and was not named, which makes all people one network and all requests plain HTTP.</summary>
internal sealed partial class ProxyWarnings(DeskOptions desk, ILogger<ProxyWarnings> logger) : IHostedService
{
    private bool _isSaid;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (desk.PublicUrl is { Scheme: "https" } && string.IsNullOrWhiteSpace(desk.TrustedProxies)) NoneNamed();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Goes after the trusted proxies' headers were taken: what is left of them is nobody's word.</summary>
    public void Look(HttpContext context)
    {
        // Once: anybody can send these headers, and the log must not be theirs to fill.
        if (_isSaid || !(context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName) || context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedProtoHeaderName))) return;
        // A trusted proxy's are taken away, and the originals kept.
        if (context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName) || context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalProtoHeaderName)) return;
        _isSaid = true;
        NotBelieved(context.Connection.RemoteIpAddress);
    }

    [LoggerMessage(LogLevel.Warning, "Desk:PublicUrl is https and Desk:TrustedProxies names no proxy: every request counts as plain HTTP, and all people behind the proxy share the limits of its network.")]
    private partial void NoneNamed();

    [LoggerMessage(LogLevel.Warning, "{Address} sends X-Forwarded-For or X-Forwarded-Proto and is not in Desk:TrustedProxies, so it is not believed. If it is your proxy, name it there. This is said once.")]
    private partial void NotBelieved(System.Net.IPAddress? address);
}

internal static class ProxyWarningServices
{
    public static IServiceCollection AddProxyWarnings(this IServiceCollection services) =>
        services.AddSingleton<ProxyWarnings>().AddHostedService(s => s.GetRequiredService<ProxyWarnings>());

    public static void UseProxyWarnings(this WebApplication app)
    {
        var warnings = app.Services.GetRequiredService<ProxyWarnings>();
        app.Use((context, next) =>
        {
            warnings.Look(context);
            return next(context);
        });
    }
}
