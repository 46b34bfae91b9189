using System.Reflection;
using Xunit.Sdk;

namespace IncidentDesk.Web.Tests.Hosting;

public enum Engine { Sqlite, Postgres }

/// <summary>Runs the test on both engines: the engine is its first argument, the given ones follow.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EngineDataAttribute(params object?[] data) : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => Enum.GetValues<Engine>().Select(engine => (object?[])[engine, .. data]);
}
