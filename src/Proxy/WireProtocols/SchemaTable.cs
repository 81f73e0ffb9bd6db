namespace EdgeFilter.Proxy.WireProtocols;

/// <summary>JSON Schemas inside bodies: descriptions are text that a model reads; all else is a contract between machines.</summary>
internal static class SchemaTable
{
    /// <summary>The lines of the fragment <c>schema</c>, for tables that point at it.</summary>
    public const string Lines = """
        schema                      opaque tool-definition -- the schema is a contract that the client's code relies on
        schema.description          text tool-definition
        schema.title                text tool-definition
        schema.$comment             text tool-definition
        schema.default              text tool-definition
        schema.default.**           text tool-definition
        schema.examples.**          text tool-definition
        schema.properties.*         -> schema
        schema.patternProperties.*  -> schema
        schema.$defs.*              -> schema
        schema.definitions.*        -> schema
        schema.dependentSchemas.*   -> schema
        schema[]                    -> schema
        schema.items                -> schema
        schema.prefixItems          -> schema
        schema.additionalItems      -> schema
        schema.additionalProperties -> schema
        schema.anyOf                -> schema
        schema.oneOf                -> schema
        schema.allOf                -> schema
        schema.not                  -> schema
        schema.if                   -> schema
        schema.then                 -> schema
        schema.else                 -> schema
        schema.contains             -> schema
        schema.type                 word of object array string number integer boolean null OBJECT ARRAY STRING NUMBER INTEGER BOOLEAN NULL
        schema.type[]               word of object array string number integer boolean null
        schema.**                   opaque tool-definition -- the schema is a contract that the client's code relies on
        """;
}
